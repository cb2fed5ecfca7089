package main

import (
	"crypto/rand"
	"crypto/sha1"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"
)

func main() {
	random := make([]byte, 8)
	rand.Read(random)
	nonce := fmt.Sprintf("%x", random)
	timestamp := fmt.Sprint(time.Now().UnixMilli())
	secret := os.Getenv("RONGCLOUD_APP_SECRET")
	sum := sha1.Sum([]byte(secret + nonce + timestamp))

	body := url.Values{
		"fromUserId": {"2191"},
		"toGroupId":  {"2193", "2192"},
		"objectName": {"RC:TypSts"},
		"content":    {`{"typingContentType":"RC:TxtMsg"}`},
	}
	request, err := http.NewRequest("POST",
		os.Getenv("RONGCLOUD_BASE_URL")+
			"/statusmessage/group/publish.json",
		strings.NewReader(body.Encode()))
	if err != nil {
		panic(err)
	}
	form := "application/x-www-form-urlencoded"
	request.Header.Set("Content-Type", form)
	key := os.Getenv("RONGCLOUD_APP_KEY")
	request.Header.Set("App-Key", key)
	request.Header.Set("Nonce", nonce)
	request.Header.Set("Timestamp", timestamp)
	request.Header.Set("Signature", fmt.Sprintf("%x", sum))

	client := http.Client{
		Timeout: 5 * time.Second,
		// Signed headers must not travel to another host.
		CheckRedirect: func(*http.Request,
			[]*http.Request) error {
			return http.ErrUseLastResponse
		},
	}
	answer, err := client.Do(request)
	if err != nil {
		panic(err)
	}
	defer answer.Body.Close()
	text, _ := io.ReadAll(answer.Body)
	fmt.Println(string(text))
}
