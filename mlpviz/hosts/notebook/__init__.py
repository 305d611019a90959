"""The pages as widgets of a notebook, by anywidget: Python runs in its kernel."""
