"""Why a number is what it is: paths, verdicts, the loss and the update taken apart, problems."""
