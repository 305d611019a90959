"""The Practise page: empty fields on a sheet, each checked, and help in three stages."""
