"""What the rows mean: each place's figures beside the verdict of the official rule. Shared by panels, drawn by none."""
