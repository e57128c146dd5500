"""One identity for many names, and one deal for many claims."""
