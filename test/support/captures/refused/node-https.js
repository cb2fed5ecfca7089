var https = require('follow-redirects').https;
var options = { 'method': 'POST', 'hostname': 'api.sg-light-api.com', 'path': '/statusmessage/group/publish.json', 'headers': { 'App-Key': 'uwd1c0sxdlx2' } };
