-- attack: the rule changes what it was made of
-- expect: nothing changes for the rules that follow
params.limit = 1
