"""The auditor's page: who opened what is sealed, looked at what is restricted, took lists away, gave and took posts."""
