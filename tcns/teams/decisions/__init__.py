"""The decisions that establish and change teams: corrected, listed, chosen or typed on a form."""
