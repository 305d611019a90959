"""What the app offers to start from: networks, trainings, experiments."""
