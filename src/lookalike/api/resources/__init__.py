"""What each operation does, one file per tag: translate, ask the instance once, translate back."""
