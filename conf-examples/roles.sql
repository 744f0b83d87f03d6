-- Least privilege for Holdfast. Two roles: one owns schema and table and cannot log in; the other is Tomcat's, and may do
-- nothing but read and write rows. Run once, in the database that is to keep the sessions, by somebody who may create
-- roles and schemas there:
--
--     psql -d sessions -f roles.sql
--     java -jar holdfast-tomcat-VERSION-all.jar schema --schema holdfast |
--         psql -d sessions -v ON_ERROR_STOP=1 -c 'set role holdfast_owner' -f -
--     psql -d sessions -c '\password holdfast_app'
--
-- The examples of context.xml name that schema. Other names: -v schema=... -v owner=... -v app=... before -f. To set the
-- password right here (it may end up in a history or a log): -v password=...
-- Running it again changes nothing.

\set ON_ERROR_STOP on
\if :{?schema}
\else
    \set schema holdfast
\endif
\if :{?owner}
\else
    \set owner holdfast_owner
\endif
\if :{?app}
\else
    \set app holdfast_app
\endif

begin;

select format('create role %I nologin', :'owner')
where not exists (select from pg_roles where rolname = :'owner') \gexec
select format('create role %I login', :'app')
where not exists (select from pg_roles where rolname = :'app') \gexec

\if :{?password}
alter role :"app" password :'password';
\endif

-- acting for the owner takes membership, unless you are superuser
select current_setting('is_superuser') = 'off' as member_needed \gset
\if :member_needed
grant :"owner" to current_user;
\endif

-- "create schema if not exists", as the command "schema" prints it, asks for this right even if the schema is there
grant create on database :"DBNAME" to :"owner";

select format('create schema %I authorization %I', :'schema', :'owner')
where not exists (select from pg_namespace where nspname = :'schema') \gexec

-- a database may be closed to everybody who is not let in
grant connect on database :"DBNAME" to :"app";
grant usage on schema :"schema" to :"app";

-- the table, whether it is there or will be made later
grant select, insert, update, delete on all tables in schema :"schema" to :"app";
alter default privileges for role :"owner" in schema :"schema"
    grant select, insert, update, delete on tables to :"app";

commit;
