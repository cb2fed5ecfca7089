const res = await fetch("https://api.sg-light-api.com/statusmessage/group/publish.json", {
  method: "POST",
  headers: { "App-Key": "uwd1c0sxdlx2" },
});
