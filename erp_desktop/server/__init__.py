"""Head office: the embedded PostgreSQL, migrations, the worker, users and roles."""
