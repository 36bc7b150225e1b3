"""Whether this process lives and can serve: what a balancer and a monitor ask."""
