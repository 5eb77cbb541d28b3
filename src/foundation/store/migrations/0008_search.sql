-- Whether a place has another word too is asked of the index alone.
drop index place_word_by_place;
create index place_word_by_place on place_word (place, word);
