-- Run once by the image of PostgreSQL, when its volume is new. The product works under an ordinary role that owns its database:
-- row-level security, which keeps workspaces apart, does not hold a superuser.
\set password `cat /run/secrets/database_password`
CREATE ROLE plumbline LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD :'password';
CREATE DATABASE plumbline OWNER plumbline TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C';
