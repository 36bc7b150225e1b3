"""What the sessions of a month come to, and what a closed month keeps."""
