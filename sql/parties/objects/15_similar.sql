-- How alike two names are. Trigrams see through slips of the pen: where an administrator has installed pg_trgm they
-- are used, else names are compared word by word.

-- The words by which a name is known, folded, each once: what kind of company it is tells nobody apart.
create or replace function parties.name_words(name text) returns text[]
    language sql immutable parallel safe set search_path = pg_catalog, pg_temp
as $$
    select array(select distinct w.word
                   from regexp_split_to_table(core.fold(name), '[^[:alnum:]]+') as w (word)
                  where w.word <> all ('{"",sarl,eurl,spa,sa,snc,scs,suarl,sas,ste,societe,ets,etablissements,entreprise,'
                                       'cie,ltd,شركه,مؤسسه,ش,ذ,م,et,de,du,des,la,le,les,و}'::text[])
                  order by w.word)
$$;
comment on function parties.name_words(text) is 'The folded words of a name, without the kinds of companies.';

create or replace function parties.likeness(one text, other text) returns numeric
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    words_of_one text[] := parties.name_words(one);
    words_of_other text[] := parties.name_words(other);
    home text;
    trigrams real := 0;
    shared numeric;
    all_words numeric;
begin
    select e.extnamespace::regnamespace::text into home from pg_extension e where e.extname = 'pg_trgm';
    if home is not null then
        execute format('select %s.similarity($1, $2)', home) into trigrams
          using array_to_string(words_of_one, ' '), array_to_string(words_of_other, ' ');
    end if;
    select count(*) filter (where w.times > 1), count(*) into shared, all_words
      from (select count(*) as times from unnest(words_of_one || words_of_other) as u (word) group by u.word) as w;
    return round(greatest(trigrams::numeric, shared / nullif(all_words, 0), 0), 2);
end $$;
comment on function parties.likeness(text, text) is
    'From 0 to 1: shared words, or pg_trgm''s similarity where the server has it and it says more.';
