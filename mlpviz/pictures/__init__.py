"""Pictures of a network as SVG, without a browser: the sheet, the drawing, and the answers over a plane of inputs."""
