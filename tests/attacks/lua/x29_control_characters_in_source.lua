-- attack: the source holds escapes, carriage returns and bidirectional marks in names of errors
-- expect: an error, escaped
error("\27]0;owned\7\27[2J\r\n##vso[task.complete result=Succeeded;]\u{202e}\u{200b}\u{9b}31m", 0)
