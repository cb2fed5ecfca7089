/** A page like that of `redocly build-docs`, with only the parts that the docs site uses. */
export const REDOC_PAGE: string = `<!DOCTYPE html>
<html><head>
<script src="https://cdn.redoc.ly/redoc.standalone.js"></script>
<style data-styled="true" data-styled-version="6">.menu{color:red}</style>
</head><body>
<div id="redoc"><script>document.documentElement.className = 'dark'</script><main><a href="/group/one">One</a><p style="color: &quot;red&quot;">Two</p></main></div>
<script type="module">
      const __redoc_definition = {"openapi":"3.1.0","info":{"title":"A"}};
      const __redoc_options = {"hideSearch":true};
      hydrate(__redoc_definition, __redoc_options)
</script>
</body></html>
`
