-- attack: the one table that stands for boolean is turned into something else
-- expect: refused, or without effect
boolean.min = 3
boolean[1] = { "x", boolean }
record(boolean)
return boolean
