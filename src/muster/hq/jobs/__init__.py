"""Jobs: long work that goes on beside the pages, in a queue that the database keeps."""
