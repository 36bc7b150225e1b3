"""The notebook on a phone: sessions logged without signal, kept there, sent when it is back."""
