"""Three articles on running and thighs, compared with each other and with the evidence.

The functions take the tables as data frames and return data frames or plain
values, so that every figure in a sentence comes from a table.
"""
