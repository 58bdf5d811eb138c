-- attack: the fourth value of a generic for is a variable to be closed
-- expect: an error
for _ in next, {}, nil, {} do end
