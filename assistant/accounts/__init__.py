"""Who may use Må vi?, and which documents each may see; knows no web framework."""
