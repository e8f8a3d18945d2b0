"""What a person allowed a client: the approval, its code, its tokens, its end."""
