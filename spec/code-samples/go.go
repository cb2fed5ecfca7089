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
	secret := os.Getenv("APP_SECRET")
	sum := sha1.Sum([]byte(secret + nonce + timestamp))

	body := url.Values{
		"fromUserId": {"2191"},
		"toGroupId":  {"2193", "2192"},
		"objectName": {"RC:TxtMsg"},
		"content":    {`{"content":"hello"}`},
	}
	request, err := http.NewRequest("POST",
		os.Getenv("BASE_URL")+
			"/statusmessage/group/publish.json",
		strings.NewReader(body.Encode()))
	if err != nil {
		panic(err)
	}
	form := "application/x-www-form-urlencoded"
	request.Header.Set("Content-Type", form)
	request.Header.Set("App-Key", os.Getenv("APP_KEY"))
	request.Header.Set("Nonce", nonce)
	request.Header.Set("Timestamp", timestamp)
	request.Header.Set("Signature", fmt.Sprintf("%x", sum))

	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		panic(err)
	}
	defer answer.Body.Close()
	text, _ := io.ReadAll(answer.Body)
	fmt.Println(string(text))
}
