"""People who sign in, the roles they hold over areas, the devices they are signed in on."""
