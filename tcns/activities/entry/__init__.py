"""How a session is told: its form, what is offered there, what cannot have been."""
