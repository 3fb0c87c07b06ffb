"""What people can ask for in chat, one topic a module: its commands and its buttons."""
