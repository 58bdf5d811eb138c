-- attack: tables of the engine stand where plain tables are expected
-- expect: refused
return { title = "x", severity = "low", owner = "customer", params = string, rules = net, references = text, when = tls }
