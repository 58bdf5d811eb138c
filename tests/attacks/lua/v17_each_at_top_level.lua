-- attack: each() over a table that selects nothing, where no rule is running
-- expect: a load error (at the top level), or unknown (in a rule); never a crash
for _ in each({ 1, 2, 3 }, "anything", function() return false end) do end
return 1
