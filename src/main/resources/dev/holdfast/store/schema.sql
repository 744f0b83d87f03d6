-- Sessions of Holdfast: sealed contents, one row each. PostgreSQL 14 or newer.
create table if not exists {table} (
    id_hash       bytea       not null,
    app           text        not null,
    revision      bigint      not null,
    created_at    timestamptz not null,
    accessed_at   timestamptz not null,
    max_inactive  integer     not null,
    expires_at    timestamptz not null,
    moved_to      bytea,
    claim         uuid,
    claimed_until timestamptz,
    base          bytea,
    delta         bytea,
    primary key (id_hash)
) with (fillfactor = 70);

-- for the sweep; a save changes no indexed column, so that it can stay in its page (HOT)
create index if not exists {index} on {table} (app, expires_at);

-- ciphertext does not compress: do not try
alter table {table}
    alter column base set storage external,
    alter column delta set storage main;

comment on table {table} is 'HTTP sessions kept by Holdfast; base and delta are encrypted, unless it is told not to';
comment on column {table}.id_hash is 'SHA-256 of application, a zero byte and the session id: gives no one a live cookie';
comment on column {table}.app is 'the web application, ##version included';
comment on column {table}.revision is 'drawn at each change of the contents, its upper 12 bits with the base; compared for equality before the next change';
comment on column {table}.accessed_at is 'last recorded access; reading alone is recorded once per touch interval';
comment on column {table}.max_inactive is 'time-out in seconds; zero or less: never expires';
comment on column {table}.expires_at is 'from then on the session is dead; infinity: never';
comment on column {table}.moved_to is 'the session has another id now, and this row only says which';
comment on column {table}.claim is 'who is destroying the expired session';
comment on column {table}.claimed_until is 'until when others leave a claimed session alone';
comment on column {table}.base is 'sealed contents; null once moved';
comment on column {table}.delta is 'sealed changes since base';
