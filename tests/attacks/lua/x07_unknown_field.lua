-- attack: a name of a helper that does not exist is probed inside pcall, then the data is asserted
-- expect: an error that stays
pcall(function() return string.dump end)
ensure(s.ok)
