"""What is honest beside the phrases of each language: by check, sentences that hold one of these are no finding."""
