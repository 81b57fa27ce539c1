"""The record and its answers of a day as a site of static pages that needs no server.

Pages are put together from the answers that the commands give, and drawn by the same templates:
none of them works anything out.
"""
