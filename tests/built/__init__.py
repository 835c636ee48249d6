"""The programs that people download, as they meet them: unpacked, without Python, anywhere."""
