"""People who sign in, the roles they hold over areas, the devices they are signed in on.

sign_in      getting in and out, and how often one may try
credentials  passwords, one-time codes, session keys: text, no record
"""
