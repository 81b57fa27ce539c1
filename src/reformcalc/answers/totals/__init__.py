"""How much has been promised, counting each pound once."""
