"""共性、个性问题: what units wrote, under themes; what a class shares and what is one's own."""
