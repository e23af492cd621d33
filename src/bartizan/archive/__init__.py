"""What a run leaves behind: its identity, tables and documents, in one folder on disk.

In: the measures and recorded columns of a replication. Out: a `Run` in memory, and its folder
written and replaced as a whole, or opened again. Later rooms read runs, nothing here simulates.
"""
