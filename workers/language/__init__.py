"""The meaning of words by models that need torch: translation into English. Engines behind one port."""
