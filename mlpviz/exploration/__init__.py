"""What the pages of pictures have alike: settings, a view that is made from them, and files of its data."""
