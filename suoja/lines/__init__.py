"""Lines: the chats of the service, whom each is for, who may answer it, and when it is open (M3)."""
