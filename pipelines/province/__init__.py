"""The province's own documents, written from the warehouse."""
