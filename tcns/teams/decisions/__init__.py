"""The decisions that establish and change teams: put right, listed, chosen or typed on a form."""
