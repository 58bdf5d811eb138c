-- attack: the model is computed for ever
-- expect: refused: fuel
while true do end
