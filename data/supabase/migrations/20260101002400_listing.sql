-- What may be found by tag or word: every public post has its rows here while it may be seen by everybody.
-- Kept apart from posts, because the policies on posts keep Postgres from using such an index for the caller.

create table private.post_tags (
    -- By bytes, so that the beginning of a tag finds it.
    tag text collate "C" not null,
    published_at timestamptz not null,
    post bigint not null references public.posts (id) on delete cascade,
    author uuid not null,
    primary key (tag, published_at, post)
);
comment on table private.post_tags is 'The tags of every public post, newest first within a tag.';
alter table private.post_tags enable row level security;
create index post_tags_of_post on private.post_tags (post);

create table private.post_words (
    post bigint primary key references public.posts (id) on delete cascade,
    published_at timestamptz not null,
    author uuid not null,
    words tsvector not null
);
comment on table private.post_words is 'The words of every public post: caption, tags, and the prompt where its author shows it.';
alter table private.post_words enable row level security;
create index post_words_by_word on private.post_words using gin (words);
-- A word that nearly every post has is found faster by looking at the newest posts.
create index post_words_newest on private.post_words (published_at desc, post desc);

create function private.without_accents(p_text text) returns text
language sql immutable set search_path = ''
as $$
    select translate(replace(replace(lower(p_text), 'œ', 'oe'), 'æ', 'ae'),
                     'àâäáãåçéèêëíìîïñóòôöõúùûüÿ', 'aaaaaaceeeeiiiinooooouuuuy');
$$;
comment on function private.without_accents(text) is 'The text in lower case, its letters without accents.';

create function private.words_of(p_text text) returns tsvector
language sql immutable set search_path = ''
as $$
    -- Nobody says in which language a caption is, so it is read in both, and as it stands.
    select to_tsvector('pg_catalog.simple', private.without_accents(p_text))
        || to_tsvector('pg_catalog.english', p_text) || to_tsvector('pg_catalog.french', p_text);
$$;
comment on function private.words_of(text) is 'The words by which a text is found, whole and by their stems in English and French.';

create function private.query_of(p_words text) returns tsquery
language sql immutable set search_path = ''
as $$
    select websearch_to_tsquery('pg_catalog.simple', private.without_accents(p_words))
        || websearch_to_tsquery('pg_catalog.english', p_words)
        -- The one article that the French list of words without meaning lacks.
        || websearch_to_tsquery('pg_catalog.french', regexp_replace(p_words, '\mles\M', '', 'gi'));
$$;
comment on function private.query_of(text) is 'What finds the texts that hold these words: all of them, "together", or -without one.';

-- Definer: these tables are no role's.
create function private.list_post() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
    delete from private.post_tags where post = new.id;
    delete from private.post_words where post = new.id;
    if new.removed_at is null and new.visibility = 'public' and not new.held then
        insert into private.post_tags (tag, published_at, post, author)
        select distinct tag, new.published_at, new.id, new.author from unnest(new.tags) as tag;
        insert into private.post_words (post, published_at, author, words)
        values (new.id, new.published_at, new.author,
                private.words_of(concat_ws(' ', new.caption, new.prompt, replace(array_to_string(new.tags, ' '), '_', ' '))));
    end if;
    return null;
end;
$$;
comment on function private.list_post() is 'Trigger: a post is listed while everybody may see it, and from no moment on after that.';
create trigger posts_are_listed
after insert or update of caption, prompt, tags, visibility, held, removed_at on public.posts
for each row execute function private.list_post();

-- Definer: mutes and blocks are read for functions that read the lists above.
create function private.unwanted_by_me() returns uuid[]
language plpgsql stable security definer set search_path = ''
as $$
begin
    return (select private.hidden_from_me() || array(select muted from public.mutes where muter = auth.uid()));
end;
$$;
comment on function private.unwanted_by_me() is 'Members whom the caller muted or blocked, or who blocked the caller.';
