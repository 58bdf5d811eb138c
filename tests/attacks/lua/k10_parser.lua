-- attack: nothing but garbage
-- expect: refused, with file and line, nothing quoted but a word
@@@ ~~~ <<<
