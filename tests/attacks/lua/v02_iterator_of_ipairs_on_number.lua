-- attack: the iterator of ipairs() is called with a number, a function, a boolean
-- expect: an error for each
local step = ipairs({ 1, 2, 3 })
for _, odd in pairs({ 7, true, 1.5 }) do pcall(step, odd, 0) end
pcall(step, type, 0)
pcall(step)
pcall(step, nil, 0)
return step(0x4141414141, 5)
