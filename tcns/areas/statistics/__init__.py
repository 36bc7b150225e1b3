"""What is counted of villages from time to time: signal, broadband, smartphones."""
