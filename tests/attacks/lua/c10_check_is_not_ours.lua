-- attack: check is a function of the engine itself
-- expect: an error or unknown, never a pass
return { title = "x", severity = "low", owner = "customer",
  rules = { { id = "attacked", title = "x", check = ensure }, { id = "b", title = "x", check = pcall },
    { id = "c", title = "x", check = has }, { id = "d", title = "x", check = each }, { id = "e", title = "x", check = error },
    { id = "f", title = "x", check = net.coverage }, { id = "g", title = "x", check = ipairs },
    { id = "h", title = "x", check = attested }, { id = "i", title = "x", check = tostring } } }
