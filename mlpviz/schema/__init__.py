"""What documents, trainings and events share: field types, limits, error sentences, JSON text and links."""
